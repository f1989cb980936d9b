/**
 * Between values and payloads. The client and the runs encode and decode here and nowhere else; the
 * room knows no port.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.codec;

import org.jspecify.annotations.NullMarked;
