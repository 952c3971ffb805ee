package org.espalier.tasks;

import java.util.List;
import java.util.stream.Collectors;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Providers;

/** The networks that a configuration can name. */
public final class NetworkModels {
  private NetworkModels() {}

  /**
   * One of each, ours first, in the order of their lines in {@code META-INF/services}.
   *
   * @throws Refusal if a line names a class that cannot be made
   */
  public static List<NetworkModel> all() {
    return Providers.of(NetworkModel.class);
  }

  /**
   * The network of this name.
   *
   * @throws Refusal if there is none, with the names that there are
   */
  public static NetworkModel named(String name) {
    List<NetworkModel> all = all();
    return all.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot build the network '"
                        + name
                        + "': it is unknown; choose one of "
                        + all.stream().map(NetworkModel::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
