/** The networks as DL4J ComputationGraphs, their optimisers, and which tensors are sparsified. */
package org.espalier.engine.optimiser;
