package com.example.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.example.order.OrderApp;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The order example, unchanged, on this storage. The build sets {@code WORKFLOW_STORAGE} to {@code
 * h2}; nothing else tells the example.
 */
final class OrderOnH2Test {

  @BeforeEach
  void anEmptyDatabase() throws Exception {
    Files.deleteIfExists(Path.of("target", "orders.mv.db"));
  }

  @Test
  @Timeout(120)
  void adaptersAreChosenByTheDeploymentAlone() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      OrderApp.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("packed globe, 1 of 3", "packed compass, 3 of 3")
        .containsPattern("Receipt\\[orderId=\\w+-1, outcome=SHIPPED, payment=payment-\\w+-1")
        .containsPattern("Receipt\\[orderId=\\w+-3, outcome=REJECTED, payment=null");
    try (Storage storage = new H2StorageProvider().open(WorldConfig.fromEnvironment())) {
      assertThat(storage.runs(RunFilter.ALL, PageRequest.oldestFirst()).items())
          .hasSize(3)
          .extracting(RunRecord::status)
          .containsOnly(RunStatus.COMPLETED);
    }
  }
}
