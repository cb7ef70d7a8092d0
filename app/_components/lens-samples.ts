/** Texts to begin with. */
export const LENS_SAMPLES = [
  {
    name: "A speech",
    text: "Mr. Speaker, members of the Congress, and my fellow citizens: the state of our Union is strong, but much remains to be done. Last year I asked you to pass a budget that cuts taxes for working families and to fund new schools. Tonight I ask you to finish that work, because the American people have waited long enough.",
  },
  {
    name: "At sea",
    text: "The captain had not slept since we left the harbor. He stood by the wheel, his hat pulled low, and watched the water for the white back of the whale. “There!” cried the boy at the masthead, and every man aboard ran to the boats. Nobody spoke. The captain took his harpoon, the captain looked at the sea, and the captain laughed.",
  },
  {
    name: "A dictionary",
    text: "harbor, haven (noun): a sheltered place where ships may lie safely at anchor.\nwhale, baleen whale (noun): a very large mammal of the sea that breathes through a hole on top of its head.\nto sail, to voyage (verb): to travel on water in a boat moved by the wind.\ncalm, still (adjective): without motion or wind.",
  },
  {
    name: "Code",
    text: 'def count_words(path):\n    """How often each word occurs in a file."""\n    counts = {}\n    with open(path, encoding="utf-8") as lines:\n        for line in lines:\n            for word in line.lower().split():\n                counts[word] = counts.get(word, 0) + 1\n    return counts\n',
  },
  {
    name: "Many scripts",
    text: "<b>HTML</b> stays text & <script>alert('so does this')</script>. العربية من اليمين إلى اليسار, עברית גם כן. 日本語と漢字, Ελληνικά, हिन्दी. A family 👩‍👩‍👧, a whale 🐳, a flag 🇺🇳. A bell\u0007, a turn\u202e and a joiner\u200d are drawn as their code points.",
  },
] as const;
