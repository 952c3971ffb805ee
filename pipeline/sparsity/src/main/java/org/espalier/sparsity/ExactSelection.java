package org.espalier.sparsity;

/** Unstructured sparsity: the highest-ranked weights wherever they are. */
enum ExactSelection implements Selection {
  INSTANCE;

  @Override
  public Mask select(SparseTensor tensor, Scores scores, int kept) {
    return scores.highest(tensor, kept);
  }

  @Override
  public String toString() {
    return "exact";
  }
}
