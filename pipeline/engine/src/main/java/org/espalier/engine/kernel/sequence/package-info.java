/**
 * Arithmetic on sequences of tokens whose activations lie feature by feature: `[features,
 * sequences, length]`, the positions of all sequences innermost. The references are plain Java in
 * the type of their vectors; the fast forms work on off-heap float32 values.
 */
package org.espalier.engine.kernel.sequence;
