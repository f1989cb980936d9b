package dev.fantasticfour.world.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of append_plain_v1: columns of three tables, see the migration that creates it. An
 * array is null where all its elements are.
 */
record PlainCall(
    String offset,
    @Nullable String @Nullable [] bRun,
    @Nullable String @Nullable [] bId,
    @Nullable String @Nullable [] bOwner,
    @Nullable Long @Nullable [] bEpoch,
    @Nullable Long @Nullable [] bSeen,
    @Nullable Long @Nullable [] bDue,
    @Nullable Integer @Nullable [] bFirst,
    @Nullable Integer @Nullable [] bLast,
    @Nullable String @Nullable [] bFrom,
    @Nullable String @Nullable [] bStatus,
    @Nullable Integer @Nullable [] bStart,
    @Nullable Integer @Nullable [] bEnd,
    @Nullable Integer @Nullable [] bOthers,
    @Nullable Integer @Nullable [] bSteps,
    @Nullable Integer @Nullable [] bWaits,
    @Nullable Integer @Nullable [] bWaited,
    @Nullable String @Nullable [] dType,
    @Nullable String @Nullable [] dCorrelation,
    @Nullable Long @Nullable [] dSeen,
    @Nullable Long @Nullable [] dOccurred,
    @Nullable String @Nullable [] dStatus,
    @Nullable String @Nullable [] dName,
    @Nullable String @Nullable [] dBranch,
    @Nullable Integer @Nullable [] dIndex,
    @Nullable Integer @Nullable [] dAttempt,
    @Nullable String @Nullable [] dWorker,
    @Nullable Long @Nullable [] dStarted,
    @Nullable Long @Nullable [] dRetry,
    @Nullable Long @Nullable [] dResume,
    @Nullable String @Nullable [] dCode,
    @Nullable String @Nullable [] dReason,
    @Nullable String @Nullable [] dJson,
    byte @Nullable [] @Nullable [] dBytes,
    @Nullable String @Nullable [] dCodec,
    @Nullable Integer @Nullable [] cBatch,
    @Nullable Long @Nullable [] cMinted,
    CreationCall creations) {}
