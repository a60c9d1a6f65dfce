#pragma once
int vk_instruction_set(void);
