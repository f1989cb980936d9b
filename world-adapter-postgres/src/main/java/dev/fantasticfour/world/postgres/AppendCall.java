package dev.fantasticfour.world.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of append_v1, where they are described.
 *
 * @param offset how far the store's clock is ahead of the server's
 * @param now the store's clock where batches were judged by it; null = not judged yet
 * @param dB null when no payload needs bytes, as the others are when there are no rows
 */
record AppendCall(
    String offset,
    @Nullable String now,
    @Nullable String[][] bT,
    @Nullable Long[][] bN,
    @Nullable String[][] dT,
    @Nullable Long[][] dN,
    byte @Nullable [] @Nullable [] dB,
    @Nullable String @Nullable [][] cT,
    @Nullable Long @Nullable [][] cN,
    byte @Nullable [] @Nullable [][] cB) {}
