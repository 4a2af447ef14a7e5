package org.sparksbp.mnist;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;

/**
 * The sets whose files are published one by one, with the MD5 of each as it is downloaded and,
 * where that is known, of its content.
 *
 * @param task the set
 * @param mirrors that the files' names are put behind
 * @param files of the set
 */
record PublishedImages(String task, List<String> mirrors, List<PublishedFile> files) {

  /**
   * One file.
   *
   * @param name of the download
   * @param md5 of the download
   * @param contentMd5 of what is in it; empty where none is published
   */
  record PublishedFile(String name, String md5, String contentMd5) {}

  private static final List<PublishedImages> ALL =
      List.of(
          new PublishedImages(
              "mnist",
              List.of(
                  "https://ossci-datasets.s3.amazonaws.com/mnist/",
                  "https://storage.googleapis.com/cvdf-datasets/mnist/"),
              List.of(
                  new PublishedFile(
                      "train-images-idx3-ubyte.gz",
                      "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                      "6bbc9ace898e44ae57da46a324031adb"),
                  new PublishedFile(
                      "train-labels-idx1-ubyte.gz",
                      "d53e105ee54ea40749a09fcbcd1e9432",
                      "a25bea736e30d166cdddb491f175f624"),
                  new PublishedFile(
                      "t10k-images-idx3-ubyte.gz",
                      "9fb629c4189551a2d022fa330f9573f3",
                      "2646ac647ad5339dbf082846283269ea"),
                  new PublishedFile(
                      "t10k-labels-idx1-ubyte.gz",
                      "ec29112dd5afa0611ce80d1b7f02629c",
                      "27ae3e4e09519cfbb04c329615203637"))),
          // The sums of these are those that the library torchvision checks downloads by.
          new PublishedImages(
              "fashion-mnist",
              List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
              List.of(
                  new PublishedFile(
                      "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d", ""),
                  new PublishedFile(
                      "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe", ""),
                  new PublishedFile(
                      "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79", ""),
                  new PublishedFile(
                      "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310", ""))),
          new PublishedImages(
              "kmnist",
              List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
              List.of(
                  new PublishedFile(
                      "train-images-idx3-ubyte.gz", "bdb82020997e1d708af4cf47b453dcf7", ""),
                  new PublishedFile(
                      "train-labels-idx1-ubyte.gz", "e144d726b3acfaa3e44228e80efcd344", ""),
                  new PublishedFile(
                      "t10k-images-idx3-ubyte.gz", "5c965bf0a639b31b8f53240b1b52f4d7", ""),
                  new PublishedFile(
                      "t10k-labels-idx1-ubyte.gz", "7320c461ea6c1c855c0b718fb2a4b134", ""))),
          new PublishedImages(
              "qmnist",
              List.of("https://raw.githubusercontent.com/facebookresearch/qmnist/master/"),
              List.of(
                  new PublishedFile(
                      "qmnist-train-images-idx3-ubyte.gz", "ed72d4157d28c017586c42bc6afe6370", ""),
                  new PublishedFile(
                      "qmnist-train-labels-idx2-int.gz", "0058f8dd561b90ffdd0f734c6a30e5e4", ""),
                  new PublishedFile(
                      "qmnist-test-images-idx3-ubyte.gz", "1394631089c404de565df7b7aeaf9412", ""),
                  new PublishedFile(
                      "qmnist-test-labels-idx2-int.gz", "5b5b05890a5e13444e108efe57b788aa", ""))));

  /** The set of that name, if its files are published one by one. */
  static Optional<PublishedImages> of(String task) {
    return ALL.stream().filter(set -> set.task.equals(task)).findFirst();
  }

  /** Where to get them; {@code of} names the set and whose mirrors are meant. */
  PublicSource source(String of) {
    List<RemoteFile> remote =
        files.stream()
            .map(
                file ->
                    new RemoteFile(
                        file.name,
                        mirrors.stream().map(mirror -> URI.create(mirror + file.name)).toList(),
                        Checksum.Algorithm.MD5,
                        file.md5,
                        RemoteFile.Unpack.NO))
            .toList();
    List<String> names = files.stream().map(PublishedFile::name).toList();
    return new PublicSource(
        remote,
        "By hand: put the four files "
            + String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1)
            + " of "
            + of
            + " into the directory.");
  }

  /**
   * Checks that a file is the published one.
   *
   * @throws InvalidInputException if it is not, or if nothing is published that tells
   */
  void verify(Configuration hadoop, String file) throws IOException {
    Path path = new Path(file);
    PublishedFile published =
        files.stream()
            .filter(of -> plain(new Path(of.name)).equals(plain(path)))
            .findFirst()
            .orElseThrow(() -> cannot(file, "no checksum of such a file is published"));
    boolean byContent = !published.contentMd5.isEmpty();
    if (!byContent && !RawFile.isGzip(hadoop, path)) {
      throw cannot(
          file, "only the checksum of the download " + published.name + " is published; take that");
    }
    String content = byContent ? contentMd5(hadoop, path) : "";
    String stored = byContent ? "" : storedMd5(hadoop, path);
    String wanted = byContent ? published.contentMd5 : published.md5;
    String found = byContent ? content : stored;
    if (!found.equals(wanted)) {
      throw new InvalidInputException(
          "Invalid "
              + task
              + " file "
              + file
              + ": MD5 of "
              + (byContent ? "its content" : "it")
              + " is "
              + found
              + ", published is "
              + wanted
              + owner(byContent ? storedMd5(hadoop, path) : stored, contentMd5(hadoop, path))
              + "; fetch it anew, or prepare without verifying if it is not the original");
    }
  }

  /** Says which other set has a file with one of these checksums. */
  private static String owner(String md5, String contentMd5) {
    for (PublishedImages set : ALL) {
      for (PublishedFile file : set.files) {
        if (file.md5.equals(md5) || file.contentMd5.equals(contentMd5)) {
          return " (it is " + file.name + " of " + set.task + ")";
        }
      }
    }
    return "";
  }

  private static InvalidInputException cannot(String file, String reason) {
    return new InvalidInputException(
        "Cannot verify " + file + ": " + reason + ", or prepare without --verify");
  }

  private static String plain(Path file) {
    return RawFolder.plainName(file).toLowerCase(Locale.ROOT).replace('.', '-');
  }

  private static String storedMd5(Configuration hadoop, Path file) throws IOException {
    try (InputStream in = RawFileSystem.of(hadoop, file).open(file)) {
      return Checksum.using(Checksum.Algorithm.MD5).addAll(in).hex();
    }
  }

  private static String contentMd5(Configuration hadoop, Path file) throws IOException {
    try (InputStream in = RawFile.open(hadoop, file)) {
      return Checksum.using(Checksum.Algorithm.MD5).addAll(in).hex();
    }
  }
}
