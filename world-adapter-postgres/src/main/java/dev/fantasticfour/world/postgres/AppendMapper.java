package dev.fantasticfour.world.postgres;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The one write of facts, and what has to be looked at for a judgement. */
interface AppendMapper {

  /** Always one row. Called by {@link Sessions#rows}. */
  Cursor<AppendRow> append(AppendCall call);

  /** Settings for the rest of the transaction. */
  List<String> settle();

  Instant now(@Param("offset") String offset);

  /** The row of a run that is not settled, locked until the transaction ends. */
  @Nullable LockedRow lock(@Param("run") String run, @Param("wait") boolean wait);

  /** How a run stands that has ended. */
  EndRow end(@Param("run") String run);

  boolean isThere(@Param("run") String run);

  /** Where a settled run ended. */
  @Nullable LockedRow settled(@Param("run") String run);

  /** The run in whose log a batch by others is; that of a creation excepted. */
  @Nullable String runOfBatch(@Param("batch") String batch);

  @Nullable StateRow stepState(@Param("run") String run, @Param("id") String id);

  /** The token of a live hook is its status; null of one that is no more. */
  @Nullable StateRow hookState(@Param("run") String run, @Param("id") String id);

  @Nullable StateRow waitState(@Param("run") String run, @Param("id") String id);

  /** What is told of some things, in order. Reads the log of the run. */
  List<TypeRow> typesAbout(@Param("run") String run, @Param("ids") String[] ids);

  /** The updates of a run that have no answer, in order of arrival. */
  List<OpenUpdateRow> openUpdates(@Param("run") String run);

  /** The run that holds a token is the status. */
  @Nullable HolderRow tokenHolder(@Param("tokenHash") byte[] tokenHash);

  /** The run that has a key, or had it and is gone. */
  @Nullable HolderRow keyHolder(
      @Param("workflow") String workflow,
      @Param("keyHash") byte[] keyHash,
      @Param("offset") String offset);

  /** A run that is gone has its key no more. */
  int freeSpentKey(
      @Param("run") String run,
      @Param("workflow") String workflow,
      @Param("keyHash") byte[] keyHash);

  /**
   * A key that was kept for that run, or for long enough, is kept no more.
   *
   * @param run one that was deleted and comes back
   */
  int giveUpSpentKey(
      @Param("run") String run,
      @Param("workflow") String workflow,
      @Param("keyHash") byte[] keyHash,
      @Param("offset") String offset);

  /** A run that has ended has its key no more. */
  int freeKey(
      @Param("run") String run,
      @Param("workflow") String workflow,
      @Param("keyHash") byte[] keyHash);

  /** The run leaves its key to the one that goes on in its place. */
  int leaveKey(@Param("run") String run);

  /** A hook that came over under that token is no more: the code of the run asks for it. */
  int adopt(@Param("run") String run, @Param("tokenHash") byte[] tokenHash);

  /** What a log says that its run has sent was so when it was written. */
  int oweNothing(@Param("run") String run);

  /** A run that began with its whole log is over. */
  int settleCopy(@Param("run") String run);

  /** What is beside the log of a run that began with one. */
  int custodyOfCopy(
      @Param("run") String run,
      @Param("otherPosition") long otherPosition,
      @Param("heldAt") @Nullable String heldAt,
      @Param("reason") @Nullable String reason,
      @Param("by") @Nullable String by);

  /** Those of these runs that there are. */
  List<String> known(@Param("runs") String[] runs);

  /** The attributes of a run that there is, as they are now. */
  String attributes(@Param("run") String run);

  /** How far those of these children have come that were started. */
  List<ChildStageRow> childStages(@Param("run") String run, @Param("children") String[] children);

  /**
   * Whoever runs it has spoken and added nothing: whatever held the run up is over.
   *
   * @param worker that owns it; null for a run that was never claimed
   */
  int heard(
      @Param("run") String run,
      @Param("worker") @Nullable String worker,
      @Param("due") @Nullable String due);

  /**
   * A run that is locked, or over for good.
   *
   * @param status a word; p or r while it has not ended, e when it has
   * @param held whether somebody keeps it from going on
   */
  record LockedRow(
      String status,
      @Nullable String owner,
      long epoch,
      long position,
      Instant updatedAt,
      String taskQueue,
      @Nullable String pinnedBuild,
      @Nullable String continuedTo,
      boolean held) {}

  /** How a run has ended, and which one goes on in its place. */
  record EndRow(String status, @Nullable String continuedTo) {}

  /** How a step, hook or wait is. */
  record StateRow(@Nullable String status, int attempt, @Nullable Instant retryAfter) {}

  /**
   * Who holds a name.
   *
   * @param hookId of a token
   * @param inputHash of a run key
   * @param carried whether its hook came over from the run before and nobody asked for it yet
   */
  record HolderRow(
      String runId, @Nullable String hookId, @Nullable String inputHash, boolean carried) {}

  /** What is told of something. */
  record TypeRow(String correlationId, String type) {}

  /** How far a child has come. */
  record ChildStageRow(String childId, boolean open) {}

  /** An update without an answer, and whether the code has taken it. */
  record OpenUpdateRow(String updateId, boolean taken) {}
}
