package org.espalier.engine.kernel.maps;

/**
 * Places of one side of a convolution that lie one after the other, and where, on the other side,
 * the places begin that they meet through elements of the kernels.
 *
 * @param at the first place
 * @param length number of values
 * @param elements of the kernels, ascending
 * @param met the first place that is met through each of the elements
 */
record Strip(int at, int length, int[] elements, int[] met) {}
