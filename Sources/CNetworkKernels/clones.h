// Marks a function that is compiled for several instruction sets, of which the best one is taken.

#ifndef CLONES_H
#define CLONES_H

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

#endif
