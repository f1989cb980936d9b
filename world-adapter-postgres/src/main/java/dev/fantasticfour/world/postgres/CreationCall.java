package dev.fantasticfour.world.postgres;

import org.jspecify.annotations.Nullable;

/**
 * What both append functions are told of the runs that are created: columns of one table, a row for
 * each. An array is null where all its elements are.
 */
record CreationCall(
    @Nullable String @Nullable [] workflow,
    @Nullable String @Nullable [] deployment,
    @Nullable Integer @Nullable [] spec,
    @Nullable String @Nullable [] queue,
    @Nullable String @Nullable [] key,
    byte @Nullable [] @Nullable [] keyHash,
    @Nullable String @Nullable [] inputHash,
    @Nullable String @Nullable [] attributes,
    @Nullable String @Nullable [] json,
    byte @Nullable [] @Nullable [] bytes,
    @Nullable String @Nullable [] codec,
    @Nullable String @Nullable [] contextJson,
    byte @Nullable [] @Nullable [] contextBytes,
    @Nullable String @Nullable [] contextCodec) {}
