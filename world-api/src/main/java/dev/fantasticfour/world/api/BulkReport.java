package dev.fantasticfour.world.api;

import java.util.Map;

/**
 * What became of the runs of a bulk.
 *
 * @param done how many it was done to
 * @param already how many it was done to before, or that were as it would have them
 * @param refused those it could not be done to, by id, and why; the first 1 000
 * @param refusals how many those are
 */
public record BulkReport(long done, long already, Map<String, String> refused, long refusals) {

  public BulkReport {
    refused = Map.copyOf(refused);
  }
}
