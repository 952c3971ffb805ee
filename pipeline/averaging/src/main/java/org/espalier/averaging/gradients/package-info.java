/**
 * The averaging of gradients after every step of a stretch: means along a tree of workers to the
 * owners of shards, which take the optimiser's step and answer with parameters; what owners keep
 * between two stretches, so that a stretch can be run again.
 */
package org.espalier.averaging.gradients;
