/** The page of a list. */
export const listHref = (id: number) => `/lists/${id}`;
