package dev.fantasticfour.world.postgres;

import java.util.List;

/** The one write of facts. */
interface AppendMapper {

  List<AppendRow> append(AppendCall call);

  PlainRow appendPlain(PlainCall call);
}
