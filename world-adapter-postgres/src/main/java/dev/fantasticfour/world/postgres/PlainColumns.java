package dev.fantasticfour.world.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a {@link PlainCall} while they are filled, row by row. */
final class PlainColumns {

  final List<@Nullable String> bRun = new ArrayList<>();
  final List<@Nullable String> bId = new ArrayList<>();
  final List<@Nullable String> bOwner = new ArrayList<>();
  final List<@Nullable Long> bEpoch = new ArrayList<>();
  final List<@Nullable Long> bSeen = new ArrayList<>();
  final List<@Nullable Long> bDue = new ArrayList<>();
  final List<@Nullable Integer> bFirst = new ArrayList<>();
  final List<@Nullable Integer> bLast = new ArrayList<>();
  final List<@Nullable String> bFrom = new ArrayList<>();
  final List<@Nullable String> bStatus = new ArrayList<>();
  final List<@Nullable Integer> bStart = new ArrayList<>();
  final List<@Nullable Integer> bEnd = new ArrayList<>();
  final List<@Nullable Integer> bOthers = new ArrayList<>();
  final List<@Nullable Integer> bSteps = new ArrayList<>();
  final List<@Nullable Integer> bWaits = new ArrayList<>();
  final List<@Nullable Integer> bWaited = new ArrayList<>();
  final List<@Nullable String> dType = new ArrayList<>();
  final List<@Nullable String> dCorrelation = new ArrayList<>();
  final List<@Nullable Long> dSeen = new ArrayList<>();
  final List<@Nullable Long> dOccurred = new ArrayList<>();
  final List<@Nullable String> dStatus = new ArrayList<>();
  final List<@Nullable String> dName = new ArrayList<>();
  final List<@Nullable String> dBranch = new ArrayList<>();
  final List<@Nullable Integer> dIndex = new ArrayList<>();
  final List<@Nullable Integer> dAttempt = new ArrayList<>();
  final List<@Nullable String> dWorker = new ArrayList<>();
  final List<@Nullable Long> dStarted = new ArrayList<>();
  final List<@Nullable Long> dRetry = new ArrayList<>();
  final List<@Nullable Long> dResume = new ArrayList<>();
  final List<@Nullable String> dCode = new ArrayList<>();
  final List<@Nullable String> dReason = new ArrayList<>();
  final List<@Nullable String> dJson = new ArrayList<>();
  final List<byte @Nullable []> dBytes = new ArrayList<>();
  final List<@Nullable String> dCodec = new ArrayList<>();
  final List<@Nullable Integer> cBatch = new ArrayList<>();
  final List<@Nullable Long> cMinted = new ArrayList<>();
  final CreationColumns creations = new CreationColumns();

  PlainCall call(Duration offset) {
    return new PlainCall(
        Intervals.write(offset),
        AppendColumns.array(bRun, String[]::new),
        AppendColumns.array(bId, String[]::new),
        AppendColumns.array(bOwner, String[]::new),
        AppendColumns.array(bEpoch, Long[]::new),
        AppendColumns.array(bSeen, Long[]::new),
        AppendColumns.array(bDue, Long[]::new),
        AppendColumns.array(bFirst, Integer[]::new),
        AppendColumns.array(bLast, Integer[]::new),
        AppendColumns.array(bFrom, String[]::new),
        AppendColumns.array(bStatus, String[]::new),
        AppendColumns.array(bStart, Integer[]::new),
        AppendColumns.array(bEnd, Integer[]::new),
        AppendColumns.array(bOthers, Integer[]::new),
        AppendColumns.array(bSteps, Integer[]::new),
        AppendColumns.array(bWaits, Integer[]::new),
        AppendColumns.array(bWaited, Integer[]::new),
        AppendColumns.array(dType, String[]::new),
        AppendColumns.array(dCorrelation, String[]::new),
        AppendColumns.array(dSeen, Long[]::new),
        AppendColumns.array(dOccurred, Long[]::new),
        AppendColumns.array(dStatus, String[]::new),
        AppendColumns.array(dName, String[]::new),
        AppendColumns.array(dBranch, String[]::new),
        AppendColumns.array(dIndex, Integer[]::new),
        AppendColumns.array(dAttempt, Integer[]::new),
        AppendColumns.array(dWorker, String[]::new),
        AppendColumns.array(dStarted, Long[]::new),
        AppendColumns.array(dRetry, Long[]::new),
        AppendColumns.array(dResume, Long[]::new),
        AppendColumns.array(dCode, String[]::new),
        AppendColumns.array(dReason, String[]::new),
        AppendColumns.array(dJson, String[]::new),
        AppendColumns.array(dBytes, byte[][]::new),
        AppendColumns.array(dCodec, String[]::new),
        AppendColumns.array(cBatch, Integer[]::new),
        AppendColumns.array(cMinted, Long[]::new),
        creations.call());
  }
}
