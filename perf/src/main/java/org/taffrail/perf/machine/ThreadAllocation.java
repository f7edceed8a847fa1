// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What each living thread of a JVM had allocated up to a moment. A thread that ends takes its count
 * with it, so that of two moments only threads that live at the later one count.
 *
 * @param bytesById bytes by the thread's id
 */
public record ThreadAllocation(Map<Long, Long> bytesById) {
    /**
     * Asks a JVM.
     *
     * @param threads its bean, here or at the other end of a connection
     * @return what its threads have allocated
     */
    static ThreadAllocation of(ThreadMXBean threads) {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> byId = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) { // else it has ended meanwhile
                byId.put(ids[i], bytes[i]);
            }
        }
        return new ThreadAllocation(byId);
    }

    /**
     * Asks this JVM.
     *
     * @return what its threads have allocated
     */
    public static ThreadAllocation here() {
        return of(ManagementFactory.getPlatformMXBean(ThreadMXBean.class));
    }

    /**
     * What was allocated between two moments, by threads that live at the later one.
     *
     * @param earlier the earlier moment
     * @param later the later one
     * @return bytes
     */
    public static long between(ThreadAllocation earlier, ThreadAllocation later) {
        long bytes = 0;
        for (Map.Entry<Long, Long> thread : later.bytesById.entrySet()) {
            bytes += thread.getValue() - earlier.bytesById.getOrDefault(thread.getKey(), 0L);
        }
        return bytes;
    }
}
