package org.espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PixelImagesTest {
  private static final PixelImages IMAGES = new PixelImages(new ImageShape(3, 2, 2), 2);

  @Test
  void namesOfClassesAreAttributesOfTheDataset() {
    PixelImages named = IMAGES.named(List.of("tench, Tinca tinca", "goldfish"));
    assertThat(named.schema().attributes().text("classNames"))
        .isEqualTo("tench, Tinca tinca\ngoldfish");
    assertThat(PixelImages.of(named.schema())).isEqualTo(named);
  }

  @Test
  void classesWithoutNamesSayNothingOfThem() {
    assertThat(IMAGES.schema().attributes().values())
        .containsOnlyKeys("channels", "height", "width", "classes");
    assertThat(PixelImages.of(IMAGES.schema())).isEqualTo(IMAGES);
  }

  @Test
  void imagesOfOtherNamesAreNotAccepted() {
    PixelImages named = IMAGES.named(List.of("tench", "goldfish"));
    assertThat(named).hasToString("images of 3x2x2 in 2 classes (tench to goldfish)");
    assertThat(IMAGES).hasToString("images of 3x2x2 in 2 classes");
    assertThat(named.accepts(IMAGES)).isTrue();
    assertThat(IMAGES.accepts(named)).isTrue();
    assertThat(named.accepts(IMAGES.named(List.of("goldfish", "tench")))).isFalse();
    assertThat(IMAGES.accepts(new PixelImages(new ImageShape(3, 2, 2), 3))).isFalse();
    assertThat(IMAGES.accepts(new PixelImages(new ImageShape(1, 2, 2), 2))).isFalse();
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> IMAGES.named(List.of("one")))
        .hasMessage("Cannot give 1 names to 2 classes: each must have one");
    assertThatThrownBy(() -> IMAGES.named(List.of("one", " ")))
        .hasMessage("Cannot name classes [one,  ]: a name must be one line that is not blank");
    assertThatThrownBy(() -> IMAGES.named(List.of("one", "two\nthree")))
        .hasMessageStartingWith("Cannot name classes [one, two\nthree]");
  }
}
