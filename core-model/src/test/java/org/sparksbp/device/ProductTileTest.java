package org.sparksbp.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductTileTest {

  @Test
  void aCardHasTheTileThatWasFastest() {
    ProductTile tile = ProductTile.of(device(1024, 49_152));

    assertThat(tile).isEqualTo(new ProductTile(8, 16));
    assertThat(tile.rows()).isEqualTo(64);
    assertThat(tile.columns()).isEqualTo(128);
  }

  @Test
  void fewerWorkItemsOrLessSharedMemoryMakeItSmaller() {
    assertThat(ProductTile.of(device(64, 49_152))).isEqualTo(new ProductTile(8, 8));
    assertThat(ProductTile.of(device(32, 49_152))).isEqualTo(new ProductTile(4, 8));
    // 2 x 8 samples of 64 + 64 floats
    assertThat(ProductTile.of(device(1024, 8_192))).isEqualTo(new ProductTile(8, 8));
    assertThat(ProductTile.of(device(1024, 8_191))).isEqualTo(new ProductTile(4, 8));
  }

  @Test
  void theLastTilesOfAMatrixMayBeCut() {
    ProductTile tile = new ProductTile(8, 16);

    assertThat(tile.tilesDown(64)).isEqualTo(1);
    assertThat(tile.tilesDown(784)).isEqualTo(13);
    assertThat(tile.tilesAcross(129)).isEqualTo(2);
  }

  private static DeviceDescription device(int workGroup, int localBytes) {
    return new DeviceDescription("card", "1", 1L << 30, 1L << 28, localBytes, workGroup, 4);
  }
}
