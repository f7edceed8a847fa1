// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.util.Arrays;

/**
 * The scratch space of an evaluation: a stack of {@link Value} cells that a thread keeps and uses
 * for one selector after another, so that evaluating allocates nothing once the stack has grown to
 * what the selectors at hand need (a cell per operand that is open at the same time).
 *
 * <p>Not thread-safe, and not reentrant: a {@link SelectorInput} must not evaluate another selector
 * with the scratch space it was called from.
 */
public final class Evaluation {

    private static final int CELLS_AT_FIRST = 8;

    private Value[] cells = newCells(new Value[CELLS_AT_FIRST], 0);
    private int used;

    /** Creates scratch space for one thread. */
    public Evaluation() {}

    /** The height of the stack, to be given back to {@link #release}. */
    int mark() {
        return used;
    }

    /** Takes the next cell, which holds whatever it held last. */
    Value take() {
        if (used == cells.length) {
            cells = newCells(Arrays.copyOf(cells, used * 2), used);
        }
        return cells[used++];
    }

    /** Gives back every cell taken since {@code mark}; what they hold stays until taken again. */
    void release(int mark) {
        used = mark;
    }

    /** The most cells that were ever taken at the same time, rounded up. */
    int capacity() {
        return cells.length;
    }

    private static Value[] newCells(Value[] cells, int from) {
        for (int i = from; i < cells.length; i++) {
            cells[i] = new Value();
        }
        return cells;
    }
}
