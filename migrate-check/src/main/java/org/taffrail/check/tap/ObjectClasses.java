// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Which classes an object in a message may consist of, as far as the declared types of its fields
 * tell: who is to receive it must allow them. The object itself is not looked into. What stands in
 * collections, and subclasses of declared types, is not known this way.
 */
final class ObjectClasses {
    private static final int CLASSES_MAX = 200;

    /** Classes whose fields were looked at. */
    private static final Set<Class<?>> KNOWN =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private ObjectClasses() {}

    static void record(Class<?> type, Recorder recorder) {
        recorder.used(Feature.OBJECT_SENT, elementOf(type).getName());
        if (KNOWN.add(type)) {
            for (Class<?> each : reached(elementOf(type))) {
                recorder.used(Feature.OBJECT_REACHES, each.getName());
            }
        }
    }

    private static Set<Class<?>> reached(Class<?> root) {
        Set<Class<?>> reached = new HashSet<>();
        Deque<Class<?>> waiting = new ArrayDeque<>();
        waiting.add(root);
        while (!waiting.isEmpty() && reached.size() < CLASSES_MAX) {
            Class<?> type = waiting.remove();
            if (isOfApplication(type) && reached.add(type)) {
                if (type.getSuperclass() != null) {
                    waiting.add(type.getSuperclass());
                }
                for (Field field : type.getDeclaredFields()) {
                    Class<?> element = elementOf(field.getType());
                    boolean written =
                            !Modifier.isStatic(field.getModifiers())
                                    && !Modifier.isTransient(field.getModifiers());
                    if (written && Serializable.class.isAssignableFrom(element)) {
                        waiting.add(element);
                    }
                }
            }
        }
        return reached;
    }

    private static boolean isOfApplication(Class<?> type) {
        return !type.isPrimitive() && !type.getName().startsWith("java.");
    }

    private static Class<?> elementOf(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }
}
