/**
 * What operators are shown and may do, once for everybody who shows it: the command line, and
 * bridges to frameworks. Stands on the api and the ports; nothing of the engine calls in here.
 */
@NullMarked
package dev.fantasticfour.world.core.operate;

import org.jspecify.annotations.NullMarked;
