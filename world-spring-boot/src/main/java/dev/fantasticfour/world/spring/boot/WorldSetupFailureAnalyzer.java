package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.WorldSetupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why no world could be made of the beans and properties of a context. */
final class WorldSetupFailureAnalyzer extends AbstractFailureAnalyzer<WorldSetupException> {

  /** Made by Spring Boot. */
  WorldSetupFailureAnalyzer() {}

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WorldSetupException cause) {
    return new FailureAnalysis(cause.problem(), cause.advice(), cause);
  }
}
