package dev.fantasticfour.world.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The columns of an {@link AppendCall} while they are filled, row by row. */
final class AppendColumns {

  final List<@Nullable String> rId = new ArrayList<>();
  final List<byte @Nullable []> rHash = new ArrayList<>();
  final List<@Nullable Integer> eRun = new ArrayList<>();
  final List<@Nullable String> eKind = new ArrayList<>();
  final List<@Nullable String> eId = new ArrayList<>();
  final List<byte @Nullable []> tHash = new ArrayList<>();
  final List<@Nullable String> bId = new ArrayList<>();
  final List<@Nullable Integer> bRun = new ArrayList<>();
  final List<@Nullable Boolean> bOwner = new ArrayList<>();
  final List<@Nullable String> bWorker = new ArrayList<>();
  final List<@Nullable Long> bEpoch = new ArrayList<>();
  final List<@Nullable Long> bSeen = new ArrayList<>();
  final List<@Nullable String> bDue = new ArrayList<>();
  final List<@Nullable String> bClaim = new ArrayList<>();
  final List<@Nullable Integer> bFirst = new ArrayList<>();
  final List<@Nullable Integer> bLast = new ArrayList<>();
  final List<@Nullable Boolean> bEnds = new ArrayList<>();
  final List<@Nullable Integer> dEntity = new ArrayList<>();
  final List<@Nullable Integer> dToken = new ArrayList<>();
  final List<@Nullable String> dGate = new ArrayList<>();
  final List<@Nullable String> dGuard = new ArrayList<>();
  final List<@Nullable Integer> dExpect = new ArrayList<>();
  final List<@Nullable Boolean> dEarly = new ArrayList<>();
  final List<@Nullable Integer> dNext = new ArrayList<>();
  final List<@Nullable String> dNextRun = new ArrayList<>();
  final List<@Nullable String> dNextStatus = new ArrayList<>();
  final List<@Nullable Boolean> dByowner = new ArrayList<>();
  final List<@Nullable String> dType = new ArrayList<>();
  final List<@Nullable String> dCorrelation = new ArrayList<>();
  final List<@Nullable String> dOccurred = new ArrayList<>();
  final List<@Nullable String> dName = new ArrayList<>();
  final List<@Nullable String> dBranch = new ArrayList<>();
  final List<@Nullable Integer> dIndex = new ArrayList<>();
  final List<@Nullable Integer> dAttempt = new ArrayList<>();
  final List<@Nullable String> dText = new ArrayList<>();
  final List<@Nullable String> dWorker = new ArrayList<>();
  final List<@Nullable String> dTokenText = new ArrayList<>();
  final List<@Nullable Boolean> dWebhook = new ArrayList<>();
  final List<@Nullable String> dTime = new ArrayList<>();
  final List<@Nullable String> dJson = new ArrayList<>();
  final List<byte @Nullable []> dBytes = new ArrayList<>();
  final List<@Nullable String> dCodec = new ArrayList<>();
  final List<@Nullable Integer> dCreation = new ArrayList<>();
  final List<@Nullable String> cMinted = new ArrayList<>();
  final CreationColumns creations = new CreationColumns();

  AppendCall call(boolean wait, Duration offset) {
    return new AppendCall(
        wait,
        Intervals.write(offset),
        array(rId, String[]::new),
        array(rHash, byte[][]::new),
        array(eRun, Integer[]::new),
        array(eKind, String[]::new),
        array(eId, String[]::new),
        array(tHash, byte[][]::new),
        array(bId, String[]::new),
        array(bRun, Integer[]::new),
        array(bOwner, Boolean[]::new),
        array(bWorker, String[]::new),
        array(bEpoch, Long[]::new),
        array(bSeen, Long[]::new),
        array(bDue, String[]::new),
        array(bClaim, String[]::new),
        array(bFirst, Integer[]::new),
        array(bLast, Integer[]::new),
        array(bEnds, Boolean[]::new),
        array(dEntity, Integer[]::new),
        array(dToken, Integer[]::new),
        array(dGate, String[]::new),
        array(dGuard, String[]::new),
        array(dExpect, Integer[]::new),
        array(dEarly, Boolean[]::new),
        array(dNext, Integer[]::new),
        array(dNextRun, String[]::new),
        array(dNextStatus, String[]::new),
        array(dByowner, Boolean[]::new),
        array(dType, String[]::new),
        array(dCorrelation, String[]::new),
        array(dOccurred, String[]::new),
        array(dName, String[]::new),
        array(dBranch, String[]::new),
        array(dIndex, Integer[]::new),
        array(dAttempt, Integer[]::new),
        array(dText, String[]::new),
        array(dWorker, String[]::new),
        array(dTokenText, String[]::new),
        array(dWebhook, Boolean[]::new),
        array(dTime, String[]::new),
        array(dJson, String[]::new),
        array(dBytes, byte[][]::new),
        array(dCodec, String[]::new),
        array(dCreation, Integer[]::new),
        array(cMinted, String[]::new),
        creations.call());
  }

  /** The column, null when nothing is in it. */
  static <T extends @Nullable Object> T @Nullable [] array(List<T> column, IntFunction<T[]> make) {
    for (T value : column) {
      if (value != null) {
        return column.toArray(make);
      }
    }
    return null;
  }
}
