package org.sparksbp.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Hosts with an address each, made of network namespaces on one bridge, which is in a namespace of
 * its own: nothing of this machine's network is touched, and nothing of it reached. Their file
 * system is this machine's.
 */
final class NetworkHosts implements AutoCloseable {

  /** How many words {@link #on} puts before a command. */
  static final int WORDS = 4;

  private static final String NETWORK = "10.99.0.";
  private static final Path HERE = Path.of(".").toAbsolutePath();

  private final String prefix = "sbp" + ProcessHandle.current().pid() + "-";
  private final List<String> spaces = new ArrayList<>();

  /** Lays out hosts with the addresses 1 and up, in the order of their names. */
  NetworkHosts(String... names) throws IOException, InterruptedException {
    boolean whole = false;
    try {
      add("net");
      ip("-n", prefix + "net", "link", "add", "bridge", "type", "bridge");
      ip("-n", prefix + "net", "link", "set", "bridge", "up");
      for (String name : names) {
        add(name);
        String here = prefix + name;
        String cable = "to-" + name;
        ip(
            "-n",
            prefix + "net",
            "link",
            "add",
            cable,
            "type",
            "veth",
            "peer",
            "eth0",
            "netns",
            here);
        ip("-n", prefix + "net", "link", "set", cable, "master", "bridge", "up");
        ip("-n", here, "address", "add", address(name) + "/24", "dev", "eth0");
        ip("-n", here, "link", "set", "eth0", "up");
        ip("-n", here, "link", "set", "lo", "up"); // Linux needs it to reach its own address
      }
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /** Skips the test where hosts cannot be made, and says why. */
  static void assumePossible() throws IOException, InterruptedException {
    Optional<String> hindrance = Optional.empty();
    for (String tried :
        List.of("ip netns add NAME", "ip netns exec NAME iptables -A INPUT -j DROP")) {
      if (hindrance.isEmpty()) {
        Run run = sh(tried.replace("NAME", "sbp-try-" + ProcessHandle.current().pid()));
        if (run.exitCode() != 0) {
          hindrance = Optional.of(tried + ": " + run.output().strip());
        }
      }
    }
    sh("ip netns delete sbp-try-" + ProcessHandle.current().pid());
    hindrance.ifPresent(
        reason -> {
          String told = "no network namespaces with iptables here, hosts are not made: " + reason;
          System.err.println(told);
          Assumptions.abort(told);
        });
  }

  String address(String name) {
    return NETWORK + spaces.indexOf(prefix + name);
  }

  /** What runs a command on a host. */
  List<String> on(String name, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", prefix + name));
    all.addAll(command);
    return all;
  }

  /** The host that {@link #on} has a command run on; empty for another command. */
  String of(List<String> command) {
    return command.get(0).equals("ip") ? command.get(WORDS - 1).substring(prefix.length()) : "";
  }

  /** Lets only connections to these ports in, and counts what comes to each. */
  void allowOnly(String name, List<String> ports) throws IOException, InterruptedException {
    iptables(name, "-A", "INPUT", "-i", "lo", "-j", "ACCEPT");
    for (String port : ports) {
      iptables(name, "-A", "INPUT", "-p", "tcp", "--dport", port, "-j", "ACCEPT");
    }
    iptables(name, "-A", "INPUT", "-p", "tcp", "!", "--syn", "-j", "ACCEPT");
    iptables(name, "-A", "INPUT", "-j", "DROP");
  }

  /** Bytes that have come to a host by one of the ports that it lets in. */
  long bytesTo(String name, String port) throws IOException, InterruptedException {
    String range = port.contains(":") ? "dpts:" + port : "dpt:" + port;
    return iptables(name, "-L", "INPUT", "-v", "-n", "-x")
        .lines()
        .filter(line -> line.endsWith(range))
        .mapToLong(line -> Long.parseLong(line.strip().split(" +")[1]))
        .sum();
  }

  /** Nothing gets in or out any more. */
  void cutOff(String name) throws IOException, InterruptedException {
    iptables(name, "-I", "INPUT", "!", "-i", "lo", "-j", "DROP");
    iptables(name, "-I", "OUTPUT", "!", "-o", "lo", "-j", "DROP");
  }

  void comeBack(String name) throws IOException, InterruptedException {
    iptables(name, "-D", "INPUT", "!", "-i", "lo", "-j", "DROP");
    iptables(name, "-D", "OUTPUT", "!", "-o", "lo", "-j", "DROP");
  }

  /** Ends, by its id, every process on the hosts, then the hosts. */
  @Override
  public void close() throws IOException, InterruptedException {
    for (String space : spaces) {
      sh("for id in $(ip netns pids " + space + "); do kill -9 $id; done");
    }
    for (String space : spaces) {
      sh("ip netns delete " + space);
    }
    spaces.clear();
  }

  private void add(String name) throws IOException, InterruptedException {
    ip("netns", "add", prefix + name);
    spaces.add(prefix + name);
  }

  private String iptables(String name, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("iptables", "-w"));
    command.addAll(List.of(words));
    return succeed(on(name, command));
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    succeed(command);
  }

  private static String succeed(List<String> command) throws IOException, InterruptedException {
    Run run = Run.of(HERE, Map.of(), command);
    if (run.exitCode() != 0) {
      throw new IOException(command + ": " + run.output());
    }
    return run.output();
  }

  private static Run sh(String line) throws IOException, InterruptedException {
    return Run.of(HERE, Map.of(), List.of("sh", "-c", line));
  }
}
