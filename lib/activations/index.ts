/**
 * Residual-stream activations of a text, as SAE training takes them: the one
 * place where the language model, the packed corpus and the SAE meet.
 */
export { residualSource, type ResidualModel } from "./residual-source";
