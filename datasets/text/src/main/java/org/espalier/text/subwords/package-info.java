/**
 * Sentences to numbers of subwords and back, as tensor2tensor's {@code SubwordTextEncoder} does:
 * tokens, their escaping, the vocabulary and its file, the search for a vocabulary of a wanted
 * size.
 */
package org.espalier.text.subwords;
