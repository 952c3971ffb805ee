package org.espalier.datasets.shards;

/**
 * Names a row group in all datasets that a process may ever read.
 *
 * @param dataset the dataset's folder
 * @param manifestHash of the dataset, so that one that was prepared anew is not mistaken for it
 * @param split by name
 * @param rowGroup counted from 0 within the split
 */
public record RowGroupKey(String dataset, String manifestHash, String split, int rowGroup) {}
