/**
 * Which weights of a network are zero, when, and why: masks and their files, sparsity schedules,
 * distributions over tensors, exact selection, and the methods that are made of them.
 *
 * <p>Plain Java on the flat vector of averaged parameters, a {@code float[]}; no engine and no
 * cluster is known here. Everything is a pure function of its inputs, so two processes that ask the
 * same question get the same bits.
 *
 * <p>The way through: {@link org.espalier.sparsity.SparseTensors} lists what may be sparsified; a
 * {@link org.espalier.sparsity.MaskingMethod} turns an {@link org.espalier.sparsity.AveragedState}
 * into the next {@link org.espalier.sparsity.MaskSet}. Most methods are a {@link
 * org.espalier.sparsity.Score} under a {@link org.espalier.sparsity.PruningPlan}: schedule (how
 * sparse at a step), update steps (when), distribution (how many weights each tensor keeps),
 * selection (which ones).
 */
package org.espalier.sparsity;
