/**
 * Linear maps over the kept weights of a tensor alone, on activations that lie feature by feature.
 */
package org.espalier.engine.sparse;
