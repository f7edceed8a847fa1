// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

/**
 * How bytes go in one direction.
 *
 * @param passage whether they arrive
 * @param delayMs how much later each byte arrives; their order stays
 * @param bytesPerSecond how many arrive in a second, in pieces of any length; 0 for as many as come
 */
record Flow(Passage passage, int delayMs, int bytesPerSecond) {
    /** Whether bytes arrive. */
    enum Passage {
        /** They do. */
        OPEN,
        /**
         * They are taken and vanish, and so does the end of who sends them: the other side sees
         * nothing but silence. A direction that has lost anything carries nothing ever again, as
         * TCP delivers no stream with a hole.
         */
        SWALLOWED,
        /** They are not taken, so that buffers fill; nothing is lost when they go on. */
        STALLED
    }

    /** As without a proxy. */
    static final Flow FREE = new Flow(Passage.OPEN, 0, 0);

    /** See {@link Passage#SWALLOWED}. */
    static final Flow SWALLOWED = new Flow(Passage.SWALLOWED, 0, 0);

    /** See {@link Passage#STALLED}. */
    static final Flow STALLED = new Flow(Passage.STALLED, 0, 0);

    static Flow delayed(int delayMs) {
        return new Flow(Passage.OPEN, delayMs, 0);
    }

    static Flow throttled(int bytesPerSecond) {
        return new Flow(Passage.OPEN, 0, bytesPerSecond);
    }

    boolean is(Passage wanted) {
        return passage == wanted;
    }
}
