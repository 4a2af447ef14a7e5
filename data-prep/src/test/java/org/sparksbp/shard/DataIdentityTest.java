package org.sparksbp.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparksbp.dataset.Tasks;

class DataIdentityTest {

  @Test
  void foldersDoNotCount() {
    assertThat(of("raw/a.npy", "b.npy")).isEqualTo(of("a.npy", "other/b.npy"));
    assertThat(of("a.npy", "b.npy")).isNotEqualTo(of("b.npy", "a.npy"));
  }

  @Test
  void foldersThatAreClassesAndTheirSplitsCount() {
    DataIdentity identity = of("x/train/3/a.npz", "x/test/3/b.npz");
    assertThat(identity).isEqualTo(of("train/3/a.npz", "test/3/b.npz"));
    assertThat(identity).isNotEqualTo(of("train/4/a.npz", "test/3/b.npz"));
    assertThat(identity).isNotEqualTo(of("test/3/a.npz", "train/3/b.npz"));
    assertThat(identity.differencesTo(of("train/4/a.npz", "test/3/b.npz")))
        .hasSize(2)
        .allMatch(difference -> difference.startsWith("input train/"));
  }

  private static DataIdentity of(String... names) {
    List<InputFile> inputs = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      inputs.add(new InputFile(names[i], 5, "sum" + i));
    }
    return DataIdentity.of(1, "nmnist", Tasks.named("nmnist").defaults(), inputs);
  }
}
