package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Odd secrets on every way that ends with an error, and nothing of them in what comes out. */
class NoSecretIsShownTest {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<String> shown = new ArrayList<>();
  private Level level;

  @BeforeEach
  void listen() {
    level = ROOT.getLevel();
    logged.start();
    ROOT.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    ROOT.detachAppender(logged);
    ROOT.setLevel(level);
  }

  private void assertNothingIsShown(String secret) {
    logged.list.forEach(
        event ->
            shown.add(
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy()))));
    assertThat(shown).as("what was shown of '%s'", secret).isNotEmpty();
    assertThat(shown)
        .as("what was shown of '%s'", secret)
        .allSatisfy(text -> assertThat(text).doesNotContain(OddSecrets.MARKS));
    shown.clear();
    logged.list.clear();
  }

  private void show(Throwable thrown) {
    assertThat(thrown).isNotNull();
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    shown.add(text.toString());
  }

  private void show(Cli.Outcome outcome) {
    assertThat(outcome.code()).isNotZero();
    shown.add(outcome.out());
    shown.add(outcome.err());
  }

  /** Addresses that can be read, and some that cannot, in every variable that takes one. */
  private static List<Map<String, String>> variables(String secret, int port) {
    String place = "@127.0.0.1:" + port;
    List<Map<String, String>> all = new ArrayList<>();
    for (String postgres :
        List.of(
            "postgresql://ada:" + secret + place + "/app",
            "jdbc:postgresql://127.0.0.1:"
                + port
                + "/app?user=ada&password="
                + URLEncoder.encode(secret, StandardCharsets.UTF_8),
            "postgresql://ada:" + secret + "@127.0.0.1:port/app",
            "postgresql://ada:" + secret + "@127.0.0.1:99999/app",
            "postgresql://ada:" + secret + "@/app?host=/var/run/postgresql",
            "mysql://ada:" + secret + place + "/app",
            "ada:" + secret + place + "/app",
            secret)) {
      all.add(Map.of("WORKFLOW_POSTGRES_URL", postgres, "WORKFLOW_REDIS_URL", "redis://h" + port));
    }
    for (String redis :
        List.of(
            "redis://:" + secret + place,
            // With a colon in it, it would be a user and a password.
            "redis://" + secret.replace(':', ';') + place,
            "redis://ada:" + secret + "@127.0.0.1:port",
            "redis://ada:" + secret + place + "/first",
            "redis-sentinel://ada:" + secret + place,
            "http://ada:" + secret + place,
            secret)) {
      all.add(Map.of("WORKFLOW_STORAGE", "memory", "WORKFLOW_REDIS_URL", redis));
    }
    all.add(
        Map.of(
            "WORKFLOW_POSTGRES_SCHEMA",
            "postgresql://ada:" + secret + place + "/app",
            "WORKFLOW_POSTGRES_URL",
            "postgresql://ada:" + secret + place + "/app"));
    return all;
  }

  @Test
  void ofPasswords() throws IOException {
    int port = FreePort.find();
    for (String secret : OddSecrets.all().toList()) {
      for (Map<String, String> variables : variables(secret, port)) {
        Throwable unread = catchThrowable(() -> shown.add("" + WorldConfig.from(variables)));
        if (unread != null) {
          show(unread);
        }
        show(new Cli(variables).run("doctor"));
        Cli.Outcome config = new Cli(variables).run("config");
        shown.add(config.out() + config.err());
      }
      show(new Cli(variables(secret, port).getFirst()).run("runs", "list", "-v"));
      assertNothingIsShown(secret);
    }
  }

  @Test
  void ofTokensOfHooks() {
    WorkflowType<String, String> twice = WorkflowType.of("twice", String.class, String.class);
    HookType<String> type = HookType.of("answer", String.class);
    ROOT.setLevel(Level.DEBUG);
    try (World world =
        World.create(
            WorldConfig.inMemory(),
            w ->
                w.register(
                    twice,
                    (ctx, token) -> {
                      Hook<String> first = ctx.hook(type, token);
                      return first.await() + ctx.hook(type, token).await();
                    }))) {
      world.start();
      for (String token : OddSecrets.all().toList()) {
        Run<String> run = world.client().start(twice, token);
        run.awaitHook(type, Duration.ofSeconds(20));
        world.client().resume(type, token, "yes");
        show(catchThrowable(() -> run.result(Duration.ofSeconds(20))));
        shown.add("" + run.view());
        show(catchThrowable(() -> world.client().resume(type, token, "nobody waits")));
        assertNothingIsShown(token);
      }
    }
  }
}
