package org.espalier.experiment;

import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.SparseTensors;

/**
 * A trained network of plain weights and the masks that make it sparse.
 *
 * @param network its configuration in DL4J's JSON form
 * @param tensors its sparsifiable tensors
 * @param parameters its raw parameters; a masked one may have any value
 * @param masks which weights stay
 */
public record SparseModel(
    String network, SparseTensors tensors, FlatVector parameters, MaskSet masks) {}
