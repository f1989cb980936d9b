package dev.fantasticfour.world.postgres;

import org.apache.ibatis.cursor.Cursor;

/** The one write of facts. Called by {@link Sessions#rows}. */
interface AppendMapper {

  Cursor<AppendRow> append(AppendCall call);

  /** Always one row. */
  Cursor<PlainRow> appendPlain(PlainCall call);
}
