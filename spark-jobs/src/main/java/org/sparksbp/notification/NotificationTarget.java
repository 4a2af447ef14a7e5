package org.sparksbp.notification;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.http.RetryingClient;
import org.sparksbp.http.WebAddress;
import org.sparksbp.storage.AtomicFile;

/** Who is told of a job's end. As text it has no secrets. */
public sealed interface NotificationTarget {

  /**
   * Tells it.
   *
   * @param limits of a request
   */
  void tell(JobSummary summary, Configuration hadoop, RetryingClient.Limits limits)
      throws IOException;

  /** A file, on any Hadoop file system, that holds the last summary whole. */
  record File(Path path) implements NotificationTarget {
    @Override
    public void tell(JobSummary summary, Configuration hadoop, RetryingClient.Limits limits)
        throws IOException {
      FileSystem files = path.getFileSystem(hadoop);
      if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
        throw new IOException("it is a folder; name a file"); // a rename would put it inside
      }
      AtomicFile.write(hadoop, path, summary.toJson());
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A server that takes summaries by POST. */
  record Webhook(WebAddress address) implements NotificationTarget {
    @Override
    public void tell(JobSummary summary, Configuration hadoop, RetryingClient.Limits limits)
        throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address.uri())
              .header("Content-Type", "application/json")
              .header("User-Agent", "spark-sbp/" + summary.version())
              .POST(BodyPublishers.ofByteArray(summary.toJson()));
      address.authorization().ifPresent(value -> request.header("Authorization", value));
      String ignored = new RetryingClient(limits).send(request.build());
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }
}
