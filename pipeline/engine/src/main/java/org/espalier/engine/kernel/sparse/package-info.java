/**
 * Products with matrices of which most weights are masked, in plain Java: where the kept weights
 * lie, and the loops over them. Deterministic: sums are taken in an order that the structure and
 * the width of a batch fix. Depends on nothing.
 */
package org.espalier.engine.kernel.sparse;
