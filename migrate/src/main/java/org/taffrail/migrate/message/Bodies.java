// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What bodies have in common once they are read: digests and sizes. Stateless. */
final class Bodies {
    private Bodies() {}

    static Digest digest(Digest digest, Object body) {
        if (body == Parcel.UNREAD) {
            return digest;
        }
        if (body instanceof Map<?, ?> map) {
            return digest.add(values(map));
        }
        if (body instanceof Values values) {
            digest.add(values.list().size());
            values.list().forEach(digest::add);
            return digest;
        }
        if (body instanceof Instance instance) {
            return digest.add(serialized(instance.object()));
        }
        return digest.add(body);
    }

    /** The values of a stream message, in order. */
    record Values(List<Object> list) {}

    /** The object of an object message. */
    record Instance(Object object) {}

    @SuppressWarnings("unchecked") // bodies of maps have names of texts
    private static Map<String, Object> values(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    static long bytes(Object body) {
        if (body instanceof Map<?, ?> map) {
            long sum = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += bytes(entry.getKey()) + bytes(entry.getValue());
            }
            return sum;
        }
        if (body instanceof Values values) {
            return values.list().stream().mapToLong(Bodies::bytes).sum();
        }
        if (body instanceof Instance instance) {
            return serialized(instance.object()).length;
        }
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (body instanceof byte[] array) {
            return array.length;
        }
        return body == null || body == Parcel.UNREAD ? 0 : Long.BYTES;
    }

    private static byte[] serialized(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException("it came serialized and does not go so: " + e, e);
        }
        return bytes.toByteArray();
    }
}
