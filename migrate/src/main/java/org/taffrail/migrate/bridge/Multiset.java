// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import org.taffrail.migrate.message.Fingerprint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fingerprints, each as often as it was added. Not thread-safe. */
final class Multiset {
    private final Map<Fingerprint, Integer> counts = new HashMap<>();
    private int size;

    void add(Fingerprint fingerprint) {
        counts.merge(fingerprint, 1, Integer::sum);
        size++;
    }

    void addAll(Collection<Fingerprint> fingerprints) {
        fingerprints.forEach(this::add);
    }

    /** Takes one away; tells whether there was one. */
    boolean remove(Fingerprint fingerprint) {
        Integer count = counts.get(fingerprint);
        if (count == null) {
            return false;
        }
        size--;
        if (count == 1) {
            counts.remove(fingerprint);
        } else {
            counts.put(fingerprint, count - 1);
        }
        return true;
    }

    int count(Fingerprint fingerprint) {
        return counts.getOrDefault(fingerprint, 0);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    List<Fingerprint> toList() {
        List<Fingerprint> list = new ArrayList<>(size);
        counts.forEach(
                (fingerprint, count) -> {
                    for (int i = 0; i < count; i++) {
                        list.add(fingerprint);
                    }
                });
        return list;
    }
}
