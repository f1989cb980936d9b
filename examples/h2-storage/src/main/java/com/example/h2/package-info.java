/**
 * A {@link dev.fantasticfour.world.core.port.Storage} on H2, written as somebody would who has no
 * part in World: on Jdbi, against the ports, the rules and the values. One lock row makes all
 * writes stand in line, the rules of World decide under it, and everything that is shown is the
 * fold of the log. The guide "Writing an adapter" follows it from the first class to the last.
 */
@NullMarked
package com.example.h2;

import org.jspecify.annotations.NullMarked;
