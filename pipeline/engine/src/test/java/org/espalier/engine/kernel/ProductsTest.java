package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductsTest {
  private static final int[] SIZES = {1, 3, 17, 31, 33, 100};
  private final Products reference = Kernels.reference().products();
  private final List<Products> natives =
      List.of(Kernels.named("auto").products(), new SlicedProducts(Cblas::new, Slices.DEFAULT));

  @ParameterizedTest
  @EnumSource(ProductShape.Form.class)
  void nativeProductsFollowTheReference(ProductShape.Form form) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          compare(shape(form, m, n, k), Products.Repetition.ONCE);
        }
      }
    }
    compare(shape(form, 100, 300, 784), Products.Repetition.ONCE);
    compare(shape(form, 301, 99, 785), Products.Repetition.ONCE);
  }

  @ParameterizedTest
  @EnumSource(ProductShape.Form.class)
  void rowsMayLieApartAndResultsBeAddedTo(ProductShape.Form form) {
    ProductShape shape = shape(form, 33, 17, 31).strides(101, 103, 107).adding();
    compare(shape, Products.Repetition.ONCE);
    compare(shape, new Products.Repetition(5, 40, 41, 42 * 107));
    compare(shape(form, 64, 64, 64), new Products.Repetition(9, 4_096, 4_096, 4_096));
  }

  @Test
  void whatIsTooShortIsNamed() {
    ProductShape shape = ProductShape.plain(3, 4, 5);
    Values fits = Values.floats(20);
    for (Products products : List.of(reference, natives.get(0))) {
      assertThatThrownBy(() -> products.multiply(shape, Values.floats(14), fits, fits))
          .hasMessage("Cannot multiply: the left matrix needs 15 values and has 14.");
    }
  }

  @Test
  void anEmptyProductIsRefused() {
    assertThatThrownBy(() -> ProductShape.plain(0, 4, 5))
        .hasMessage(
            "Cannot multiply matrices for a result of 0 x 4 with sums over 5: all must be at least 1.");
    assertThatThrownBy(() -> Values.floats(0))
        .hasMessage(
            "Cannot hold 0 values: there must be at least 1; an empty batch has nothing to compute.");
  }

  @Test
  void useAfterReleaseIsASentence() {
    Values a = Samples.normals(1, 16);
    Values b = Samples.normals(2, 16);
    Values part = b.part(0, 16);
    b.release();
    for (Products products : natives) {
      assertThatThrownBy(
              () -> products.multiply(ProductShape.plain(4, 4, 4), a, part, Values.floats(16)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot use values after they were released; release them when the last kernel is done.");
    }
  }

  private void compare(ProductShape shape, Products.Repetition repetition) {
    int last = repetition.count() - 1;
    Values a = Samples.normals(1, shape.leftSpan() + last * repetition.left());
    Values b = Samples.normals(2, shape.rightSpan() + last * repetition.right());
    Values c = Samples.normals(3, shape.resultSpan() + last * repetition.result());
    Values expected = Samples.copy(c);
    reference.multiply(shape, repetition, a, b, expected);
    for (Products products : natives) {
      Values actual = Samples.copy(c);
      products.multiply(shape, repetition, a, b, actual);
      Samples.requireClose(actual, expected, 1e-5);
    }
  }

  private static ProductShape shape(ProductShape.Form form, int m, int n, int k) {
    return switch (form) {
      case PLAIN -> ProductShape.plain(m, n, k);
      case RIGHT_TRANSPOSED -> ProductShape.rightTransposed(m, n, k);
      case LEFT_TRANSPOSED -> ProductShape.leftTransposed(m, n, k);
    };
  }
}
