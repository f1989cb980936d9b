package dev.fantasticfour.world.spring.boot;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** What Spring Boot would print of a failure, by the analyzers that it finds. */
final class Analyses {

  private Analyses() {}

  static FailureAnalysis of(Throwable failure) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation(Analyses.class.getClassLoader())
            .load(
                FailureAnalyzer.class,
                ArgumentResolver.of(Environment.class, new StandardEnvironment()),
                (type, implementation, e) -> {});
    return analyzers.stream()
        .filter(analyzer -> analyzer.getClass().getName().contains("fantasticfour"))
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody explains it", failure));
  }
}
