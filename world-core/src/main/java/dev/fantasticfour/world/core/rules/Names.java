package dev.fantasticfour.world.core.rules;

/** Names that are unique in the whole store. */
public interface Names {

  /** Whether a live hook of any run has that token. */
  NameState token(String token);

  /** Whether a run of that workflow has that run key. */
  NameState key(String workflow, String runKey);
}
