package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of archive_v2: columns of two tables, see the migration that creates it. */
record ArchiveCall(
    int mostUnkept,
    String[] sRun,
    String[] sName,
    byte[][] sHash,
    String[] sWorker,
    Long[] sLife,
    String[] sThen,
    Long[] sNext,
    Long[] sInDoubt,
    Integer[] sFirst,
    Integer[] sLast,
    Long[] cIndex,
    @Nullable String[] cStep,
    Integer[] cAttempt,
    @Nullable Long[] cFrom,
    @Nullable String[] cJson,
    byte[] @Nullable [] cBytes,
    @Nullable String[] cCodec,
    Integer[] cSize) {

  static ArchiveCall of(List<Section> sections) {
    int count = sections.size();
    int all = sections.stream().mapToInt(section -> section.chunks().size()).sum();
    ArchiveCall call =
        new ArchiveCall(
            StreamArchive.MOST_UNKEPT,
            new String[count],
            new String[count],
            new byte[count][],
            new String[count],
            new Long[count],
            new String[count],
            new Long[count],
            new Long[count],
            new Integer[count],
            new Integer[count],
            new Long[all],
            new String[all],
            new Integer[all],
            new Long[all],
            new String[all],
            new byte[all][],
            new String[all],
            new Integer[all]);
    int chunk = 0;
    for (int i = 0; i < count; i++) {
      Section section = sections.get(i);
      call.put(i, section);
      call.sFirst[i] = chunk + 1;
      for (Chunk one : section.chunks()) {
        call.put(chunk, one);
        chunk++;
      }
      call.sLast[i] = chunk;
    }
    return call;
  }

  private void put(int i, Section section) {
    sRun[i] = section.stream().run().value();
    sName[i] = section.stream().name();
    sHash[i] = Sha256.of(section.stream().name());
    sWorker[i] = section.worker().value();
    sLife[i] = section.life();
    sInDoubt[i] = section.inDoubt();
    sNext[i] =
        switch (section.then()) {
          case Then.End end -> end.next();
          case Then.Next next -> next.again();
          case Then.WriteOn writeOn -> 0L;
          case Then.Leave leave -> 0L;
          case Then.EndLost endLost -> 0L;
        };
    sThen[i] =
        switch (section.then()) {
          case Then.WriteOn writeOn -> "write-on";
          case Then.Leave leave -> "leave";
          case Then.Next next -> "next";
          case Then.End end -> "end";
          case Then.EndLost endLost -> "end-lost";
        };
  }

  private void put(int i, Chunk chunk) {
    cIndex[i] = chunk.index();
    switch (chunk) {
      case Chunk.Data data -> {
        StoredPayload payload = StoredPayload.of(data.payload());
        cStep[i] = data.stepId();
        cAttempt[i] = data.attempt();
        cJson[i] = payload.json();
        cBytes[i] = payload.bytes();
        cCodec[i] = payload.codec();
        cSize[i] = data.payload().size();
      }
      case Chunk.Restarted mark -> {
        cStep[i] = mark.stepId();
        cAttempt[i] = 0;
        cFrom[i] = mark.from();
        cSize[i] = 0;
      }
    }
  }
}
