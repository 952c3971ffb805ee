package org.espalier.tasks.classification;

import java.util.List;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;

/** The networks by name. */
public final class NetworkModels {
  private static final List<NetworkModel> ALL = List.of(new LeNet300100(), new LeNet5Caffe());

  private NetworkModels() {}

  /**
   * The network of this name.
   *
   * @throws Refusal if there is none, with the names that there are
   */
  public static NetworkModel named(String name) {
    return ALL.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot build the network '"
                        + name
                        + "': it is unknown; choose one of "
                        + ALL.stream().map(NetworkModel::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
