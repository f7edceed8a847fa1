// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import jakarta.jms.Destination;

import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Names and what is bound to them: objects, and trees for the sub-contexts. Built once, by one
 * thread, and only read afterwards.
 */
final class BindingTree {
    private final Map<String, Object> bindings = new TreeMap<>();

    /** Makes destinations of any name; null in an ordinary context. */
    private final Function<String, Destination> dynamic;

    BindingTree() {
        this(null);
    }

    private BindingTree(Function<String, Destination> dynamic) {
        this.dynamic = dynamic;
    }

    /**
     * Binds an object.
     *
     * @param name with slashes between its components; empty ones don't count
     * @throws IllegalArgumentException if the name is empty, taken, or stands for an object and a
     *     context at once
     */
    void put(String name, Object object) {
        List<String> components = components(name);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("there is no name");
        }
        BindingTree tree = this;
        for (String component : components.subList(0, components.size() - 1)) {
            Object next = tree.bindings.computeIfAbsent(component, absent -> new BindingTree());
            if (!(next instanceof BindingTree subtree)) {
                throw new IllegalArgumentException(
                        "\"" + component + "\" is bound to an object and can't be a context too");
            }
            tree = subtree;
        }
        String last = components.get(components.size() - 1);
        if (tree.bindings.putIfAbsent(last, object) != null) {
            throw new IllegalArgumentException("the name is bound already");
        }
    }

    /**
     * Makes a context in which every name stands for a destination, or makes one that is there so.
     */
    void putDynamic(String name, Class<? extends Destination> type) {
        BindingTree context =
                new BindingTree(
                        type == TaffrailQueue.class
                                ? given -> new TaffrailQueue(given).checked()
                                : given -> new TaffrailTopic(given).checked());
        Object bound = bindings.putIfAbsent(name, context);
        if (bound instanceof BindingTree tree) {
            context.bindings.putAll(tree.bindings);
            bindings.put(name, context);
        }
    }

    /** Tells whether a name without slashes is bound. */
    boolean has(String name) {
        return bindings.containsKey(name);
    }

    /** Returns what is bound to one component, or null. */
    Object get(String component) {
        return bindings.get(component);
    }

    /**
     * Makes a destination in a dynamic context.
     *
     * @return null in an ordinary context
     * @throws IllegalArgumentException if the name is none
     */
    Destination make(List<String> components) {
        return dynamic == null ? null : dynamic.apply(String.join("/", components));
    }

    /** Returns the names and what is bound to them, sorted. */
    Map<String, Object> bindings() {
        return Collections.unmodifiableMap(bindings);
    }

    /** Returns the names of all objects in this tree, with slashes, sorted. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        bindings.forEach(
                (name, bound) -> {
                    if (bound instanceof BindingTree tree) {
                        tree.paths().forEach(path -> paths.add(name + "/" + path));
                    } else {
                        paths.add(name);
                    }
                });
        return paths;
    }

    static List<String> components(String name) {
        return Arrays.stream(name.split("/")).filter(component -> !component.isEmpty()).toList();
    }
}
