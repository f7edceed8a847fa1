// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The walks of managers through messages that are under way: by turns, and so many messages in each
 * step of the core, so that others are served in between. One whose connection ends, ends with it;
 * what it has done by then stays done.
 */
final class Passes {
    /** How many messages the walks of one step look at. */
    private static final int LOOKS_MAX = 2048;

    /** How many may be under way. */
    private static final int PASSES_MAX = 100;

    private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
    private final Looks looks = new Looks();

    /** How many messages a step may still look at. */
    static final class Looks {
        private int left;

        boolean take() {
            return left-- > 0;
        }
    }

    /** Hears how a walk ends. */
    interface End {
        /**
         * Hears it.
         *
         * @param outcome what it has done
         * @param refusal why it ended before its end, or null
         */
        void ended(Outcome outcome, WireException refusal);
    }

    private record UnderWay(Pass pass, End end) {}

    /** Begins a step of the core. */
    void step() {
        looks.left = LOOKS_MAX;
    }

    /**
     * Begins a walk.
     *
     * @throws WireException {@link ErrorCode#LIMIT_REACHED}
     */
    void begin(Pass pass, End end) {
        if (underWay.size() >= PASSES_MAX) {
            pass.close();
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    PASSES_MAX + " purges and moves are under way, the most allowed; try later");
        }
        underWay.add(new UnderWay(pass, end));
    }

    /** Goes on with all; returns whether the next step is to go on. */
    boolean work() {
        boolean more = false;
        for (int turns = underWay.size(); turns > 0; turns--) {
            UnderWay next = underWay.poll();
            Pass.Stop stop = advance(next, PassingRuns.NONE);
            more |= stop == Pass.Stop.BUDGET;
            if (stop != Pass.Stop.OVER) {
                underWay.add(next);
            }
        }
        return more;
    }

    /**
     * Goes on with those in a partition of which records have been loaded, before anything pushes
     * them out again.
     */
    void loaded(Partition partition, PassingRuns passing) {
        looks.left = LOOKS_MAX;
        Iterator<UnderWay> each = underWay.iterator();
        while (each.hasNext()) {
            UnderWay next = each.next();
            if (next.pass.isIn(partition) && advance(next, passing) == Pass.Stop.OVER) {
                each.remove();
            }
        }
    }

    private static void end(UnderWay ended, WireException refusal) {
        ended.pass.close();
        ended.end.ended(ended.pass.outcome(), refusal);
    }

    private Pass.Stop advance(UnderWay next, PassingRuns passing) {
        try {
            Pass.Stop stop = next.pass.advance(looks, passing);
            if (stop == Pass.Stop.OVER) {
                end(next, null);
            }
            return stop;
        } catch (WireException e) {
            end(next, e);
            return Pass.Stop.OVER;
        }
    }

    /** Ends those of a connection that is gone. */
    void endAll(Client client) {
        underWay.removeIf(
                each -> {
                    boolean its = each.pass.client == client;
                    if (its) {
                        each.pass.close();
                    }
                    return its;
                });
    }
}
