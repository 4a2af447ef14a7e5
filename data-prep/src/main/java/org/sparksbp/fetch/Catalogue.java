package org.sparksbp.fetch;

import java.net.URI;
import java.util.List;
import org.sparksbp.checksum.Checksum.Algorithm;
import org.sparksbp.fetch.RemoteFile.Unpack;

/** The public data sets: files, mirrors and published checksums. */
final class Catalogue {

  private static final List<String> MNIST_MIRRORS =
      List.of(
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          "https://storage.googleapis.com/cvdf-datasets/mnist/");
  private static final String UCI =
      "https://archive.ics.uci.edu/ml/machine-learning-databases/undocumented/"
          + "connectionist-bench/nettalk/";

  /** Tonic's copy of the data set, cut into clips. */
  private static final String FIGSHARE = "https://ndownloader.figshare.com/files/";

  private Catalogue() {}

  static List<RemoteFile> files(String dataSet) {
    return switch (dataSet) {
      case "mnist" ->
          List.of(
              mnist("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
              mnist("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
              mnist("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
              mnist("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));
      case "nettalk" ->
          List.of(
              nettalk(
                  "nettalk.data",
                  "bf5628ee4368e5348e22189a9e2236bf86853363dd5832d07f6d7223b614f8ab"),
              nettalk(
                  "nettalk.list",
                  "07c47f92dba791e5525b757ee5797953bb42b50a7de5937dd3af5cb0e112b856"));
      case "dvsgesture" ->
          List.of(
              gestures("ibmGestureTrain.tar.gz", "38022171", "3a8f0d4120a166bac7591f77409cb105"),
              gestures("ibmGestureTest.tar.gz", "38020584", "56070e45dadaa85fff82e0fbfbc06de5"));
      default ->
          throw new IllegalArgumentException(
              "Invalid data set: '" + dataSet + "', must be one of mnist, nettalk, dvsgesture");
    };
  }

  static String byHand(String dataSet) {
    return switch (dataSet) {
      case "mnist" ->
          "By hand: put the four files train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,"
              + " t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz of any MNIST mirror"
              + " into the directory.";
      case "nettalk" ->
          "By hand: get 'Connectionist Bench (Nettalk Corpus)' from https://archive.ics.uci.edu"
              + " and put nettalk.data and nettalk.list into the directory.";
      default ->
          "By hand: the raw recordings need a form: open"
              + " https://research.ibm.com/interactive/dvsgesture/, get DvsGesture.tar.gz (3 GB,"
              + " md5 8a5c71fb11e24e5ca5b11866ca6c00a1) and unpack it into the directory. Or open"
              + " https://figshare.com/ndownloader/files/38022171 and"
              + " https://figshare.com/ndownloader/files/38020584 in a browser (clips, 1.5 GB) and"
              + " unpack both there.";
    };
  }

  private static RemoteFile mnist(String name, String md5) {
    List<URI> mirrors = MNIST_MIRRORS.stream().map(mirror -> URI.create(mirror + name)).toList();
    return new RemoteFile(name, mirrors, Algorithm.MD5, md5, Unpack.NO);
  }

  private static RemoteFile nettalk(String name, String sha256) {
    return new RemoteFile(
        name, List.of(URI.create(UCI + name)), Algorithm.SHA_256, sha256, Unpack.NO);
  }

  private static RemoteFile gestures(String name, String number, String md5) {
    return new RemoteFile(
        name, List.of(URI.create(FIGSHARE + number)), Algorithm.MD5, md5, Unpack.TAR_GZ);
  }
}
