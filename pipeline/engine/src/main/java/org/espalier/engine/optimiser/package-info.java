/** Optimisers: update rules, learning rates, and their step over the flat vectors of a graph. */
package org.espalier.engine.optimiser;
