package org.sparksbp.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two endpoints in this process, as if they were in two, and those who have no business there. */
class PeerEndpointTest {

  private static final KillCheck NEVER = new KillCheck(() -> false);
  private static final VectorSlice SLICE =
      new VectorSlice(new float[] {9, 1, 2, 3}, 1, 3, 17, true);

  private final Rendezvous rendezvous = Rendezvous.create(2, false, Map.of());
  private final Direction toServer = new Direction(rendezvous.secret(), 1, 0);

  @ParameterizedTest
  @EnumSource
  void slicesGoBothWaysOverOneConnection(Security security) throws IOException {
    try (PeerEndpoint server = security.endpoint();
        Wire wire = new Wire(port(server));
        PeerEndpoint client = security.endpoint();
        PeerLink there = link(client, server, wire.port());
        PeerLink here = accepted(server)) {
      there.send(SLICE);
      VectorSlice received = here.receive();
      assertThat(received.values()).startsWith(1, 2, 3);
      assertThat(received.samples()).isEqualTo(17);
      here.send(new VectorSlice(new float[0], 0, 0, 0, false));
      VectorSlice answer = there.receive();
      assertThat(answer.length()).isZero();
      assertThat(answer.finite()).isFalse();
      assertThat(wire.connections()).isEqualTo(1);
      boolean readable = security == Security.NONE || security == Security.AUTHENTICATED;
      assertThat(wire.text().contains(rendezvous.secret())).isEqualTo(readable);
    }
  }

  @Test
  void whatIsChangedOnItsWayIsTakenForALoss() throws IOException {
    Security security = Security.ENCRYPTED_BY_AES_GCM;
    try (PeerEndpoint server = security.endpoint();
        Wire wire = new Wire(port(server));
        PeerEndpoint client = security.endpoint();
        PeerLink there = link(client, server, wire.port());
        PeerLink here = accepted(server)) {
      wire.flipABit();
      there.send(SLICE);
      assertThatThrownBy(here::receive)
          .isInstanceOf(PeerLostException.class)
          .hasMessageContaining("lost worker 1 at");
    }
  }

  /** Another process that lives on says nothing any more, as if its cable were cut. */
  @Test
  void aSilentPeerIsLostAfterSparksTimeout() throws IOException {
    SparkConf spark = Security.NONE.settings().set("spark.network.timeout", "2s");
    try (PeerEndpoint server = Security.endpoint(spark);
        Wire wire = new Wire(port(server));
        PeerEndpoint client = Security.endpoint(spark);
        PeerLink there = link(client, server, wire.port());
        PeerLink here = accepted(server)) {
      wire.cut();
      there.send(SLICE);
      assertThatThrownBy(here::receive)
          .isInstanceOf(PeerLostException.class)
          .hasMessageContaining("nothing heard of it for 2 s");
    }
  }

  @Test
  void aWorkerThatLearnsForLongIsNotTakenForLost() throws Exception {
    SparkConf spark = Security.NONE.settings().set("spark.network.timeout", "1s");
    try (PeerEndpoint server = Security.endpoint(spark);
        PeerEndpoint client = Security.endpoint(spark);
        PeerLink there = link(client, server, port(server));
        PeerLink here = accepted(server)) {
      Thread learning =
          new Thread(
              () -> {
                try {
                  Thread.sleep(3_000);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                there.send(SLICE);
              });
      learning.start();
      assertThat(here.receive().samples()).isEqualTo(17);
      learning.join();
    }
  }

  @Test
  void whoHasAnotherSecretOfTheClusterIsRefused() {
    Security security = Security.ENCRYPTED_BY_AES_GCM;
    SparkConf other = security.settings().set("spark.authenticate.secret", "another");
    try (PeerEndpoint server = security.endpoint();
        PeerEndpoint stranger = Security.endpoint(other)) {
      server.open(toServer, 3);
      AtomicBoolean killed = new AtomicBoolean();
      Mailbox mailbox = stranger.open(toServer.back(), 3);
      Thread end = new Thread(() -> killed.set(refusedFor(2_000)));
      end.start();
      assertThatThrownBy(
              () ->
                  stranger.connect(
                      toServer.back(),
                      mailbox,
                      new InetSocketAddress(Security.LOOPBACK, port(server)),
                      new KillCheck(killed::get)))
          .isInstanceOf(TaskKilledException.class);
    }
  }

  @Test
  void whoDoesNotKnowTheRendezvousGetsNothingIn() {
    try (PeerEndpoint server = Security.NONE.endpoint();
        PeerEndpoint client = Security.NONE.endpoint();
        PeerEndpoint stranger = Security.NONE.endpoint();
        PeerLink there = link(client, server, port(server));
        PeerLink here = accepted(server)) {
      AtomicBoolean killed = new AtomicBoolean();
      Direction guessed = new Direction("f".repeat(Rendezvous.SECRET_LENGTH), 0, 1);
      Mailbox mailbox = stranger.open(guessed, 3);
      Thread end = new Thread(() -> killed.set(refusedFor(500)));
      end.start();
      assertThatThrownBy(
              () ->
                  stranger.connect(
                      guessed,
                      mailbox,
                      new InetSocketAddress(Security.LOOPBACK, port(server)),
                      new KillCheck(killed::get)))
          .isInstanceOf(TaskKilledException.class);
      there.send(SLICE);
      assertThat(here.receive().samples()).isEqualTo(17);
    }
  }

  /** A hundred connections that say nothing or garbage, or a byte now and then. */
  @Test
  void strangersDoNotHoldWorkersUp() throws IOException {
    List<Socket> strangers = new ArrayList<>();
    try (PeerEndpoint server = Security.NONE.endpoint();
        PeerEndpoint client = Security.NONE.endpoint()) {
      for (int number = 0; number < 100; number++) {
        Socket stranger = new Socket(Security.LOOPBACK, port(server));
        strangers.add(stranger);
        if (number % 2 == 0) {
          stranger
              .getOutputStream()
              .write(
                  "GET / HTTP/1.1\r\n\r\n"
                      .substring(number % 3)
                      .getBytes(StandardCharsets.US_ASCII));
        }
      }
      try (PeerLink there = link(client, server, port(server));
          PeerLink here = accepted(server)) {
        there.send(SLICE);
        assertThat(here.receive().samples()).isEqualTo(17);
      }
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void aSliceOfAnotherLengthThanTheModelsIsRefused() {
    Mailbox mailbox = new Mailbox(2);
    PeerConnection connection = null;
    ByteBuffer message = PeerMessage.piece(toServer, SLICE, 0);
    assertThatThrownBy(() -> mailbox.take(connection, PeerMessage.read(message)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("elements 0 and 3 on of 3, where 0 were there of 2 at most");
    assertThatThrownBy(() -> PeerMessage.read(ByteBuffer.wrap(new byte[7])))
        .hasMessage("Invalid message: 7 bytes");
  }

  @Test
  void portsAreTakenFromTheRangeThatIsSet() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(Security.LOOPBACK))) {
      free = socket.getLocalPort();
    }
    SparkConf spark =
        Security.NONE
            .settings()
            .set("spark.sbp.averaging.port", String.valueOf(free))
            .set("spark.port.maxRetries", "1")
            .set("spark.executor.bindAddress", "127.0.0.1");
    try (PeerEndpoint first = Security.endpoint(spark);
        PeerEndpoint second = Security.endpoint(spark)) {
      assertThat(List.of(port(first), port(second))).containsExactly(free, free + 1);
      assertThatThrownBy(() -> Security.endpoint(spark))
          .hasMessageContaining("Cannot listen for other workers at 127.0.0.1, ports " + free)
          .hasMessageContaining("spark.port.maxRetries");
    }
  }

  private static boolean refusedFor(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static int port(PeerEndpoint endpoint) {
    return Integer.parseInt(endpoint.address().split(" ", -1)[1]);
  }

  private PeerLink link(PeerEndpoint client, PeerEndpoint server, int port) {
    server.open(toServer, 3);
    Mailbox mailbox = client.open(toServer.back(), 3);
    InetSocketAddress address = new InetSocketAddress(Security.LOOPBACK, port);
    PeerConnection connection = client.connect(toServer.back(), mailbox, address, NEVER);
    return new NetworkLink(client, toServer.back(), mailbox, connection, NEVER);
  }

  private PeerLink accepted(PeerEndpoint server) {
    Mailbox mailbox = server.mailbox(toServer);
    return new NetworkLink(
        server, toServer, mailbox, server.accept(toServer, mailbox, NEVER), NEVER);
  }
}
