/**
 * The Transformer as one vertex of a graph and the loss behind it: its sublayers, a plan of memory
 * per shape of a batch, and its passes. Activations lie feature by feature throughout.
 */
package org.espalier.engine.transformer;
