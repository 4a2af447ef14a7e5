package org.sparksbp.device;

import java.util.SortedMap;

/**
 * How the products of {@code product.cl} are dealt out to work-groups: a group has a tile of the
 * matrix that they are summed up to.
 *
 * @param down work-items of a group over one another, a power of 2
 * @param across work-items side by side, a power of 2
 */
public record ProductTile(int down, int across) {

  /** The file that the products are in, to be named before those that use them. */
  public static final String RESOURCE = "/org/sparksbp/device/product.cl";

  /** Rows, and columns, of the tile that a work-item has. */
  private static final int OF_AN_ITEM = 8;

  /** Samples that are held at a time. */
  private static final int DEPTH = 8;

  /** By timing on an H200: larger tiles leave too few groups, smaller ones fetch too much. */
  private static final int MOST_DOWN = 8;

  private static final int MOST_ACROSS = 16;

  /** No card's groups are as small; PoCL 3.1 cannot build what has fewer. */
  private static final int FEWEST_ITEMS = 4;

  /** The largest tile for which a device has work-items and memory that they share. */
  public static ProductTile of(DeviceDescription device) {
    ProductTile tile = new ProductTile(MOST_DOWN, MOST_ACROSS);
    while (tile.items() > FEWEST_ITEMS
        && (tile.items() > device.workGroupSize()
            || tile.sharedFloats() * Float.BYTES > device.localMemoryBytes())) {
      tile =
          tile.across > tile.down
              ? new ProductTile(tile.down, tile.across / 2)
              : new ProductTile(tile.down / 2, tile.across);
    }
    return tile;
  }

  /** Work-items of a group. */
  public int items() {
    return down * across;
  }

  /** Rows of a tile. */
  public int rows() {
    return OF_AN_ITEM * down;
  }

  /** Columns of a tile. */
  public int columns() {
    return OF_AN_ITEM * across;
  }

  /** Tiles side by side in a matrix of so many columns. */
  public int tilesAcross(int ofMatrix) {
    return (ofMatrix + columns() - 1) / columns();
  }

  /** Tiles over one another in a matrix of so many rows. */
  public int tilesDown(int ofMatrix) {
    return (ofMatrix + rows() - 1) / rows();
  }

  /** Floats of the memory that a group shares. */
  private int sharedFloats() {
    return 2 * DEPTH * (rows() + columns());
  }

  /** Adds the macros that the file is built with. */
  public void putConstants(SortedMap<String, String> constants) {
    constants.put("PRODUCT_DOWN", Integer.toString(down));
    constants.put("PRODUCT_ACROSS", Integer.toString(across));
    constants.put("PRODUCT_DEPTH", Integer.toString(DEPTH));
  }
}
