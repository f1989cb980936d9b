package dev.fantasticfour.world.api.workflow;

/**
 * Looks whether a workflow takes an update. Pure: it asks nothing outside and changes nothing; it
 * may read what the code of the workflow knows. It is asked once: its verdict is recorded.
 */
@FunctionalInterface
public interface UpdateValidator<Q> {

  /**
   * Takes the request by returning.
   *
   * @param request null when null was sent
   * @throws Exception refuses it: whoever asked is told why, and nothing else has changed
   */
  void validate(Q request) throws Exception;
}
