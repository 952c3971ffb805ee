/**
 * Methods that learn distributions of weights instead of masks: variational dropout, L0
 * regularisation. They choose what a layer's weights are, and how a trained network is read as a
 * sparse one of plain weights.
 */
package org.espalier.engine.stochastic;
